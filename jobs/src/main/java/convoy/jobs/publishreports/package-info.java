/** The job that writes the workbook and the CSV files for management. */
@NullMarked
package convoy.jobs.publishreports;

import org.jspecify.annotations.NullMarked;
