/** Reports for management: tables and charts as one Excel workbook, and as CSV files. */
@NullMarked
package convoy.writers.report;

import org.jspecify.annotations.NullMarked;
