package convoy.readers.export;

import convoy.readers.sheet.Workbook;

/** A sheet with the table that its header announces. */
record SheetTable(Workbook.Sheet sheet, ExportTable table) {}
