package convoy.jobs.samples;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a sample table.
 *
 * @param cells the text of each cell, in the order of the table's columns
 * @param fault what is wrong with the row, null when it is good
 */
record SampleRow(List<String> cells, @Nullable Fault fault) {}
