package convoy.readers.export;

/** A sheet with the table that its header announces. */
record SheetTable(Workbook.Sheet sheet, ExportTable table) {}
