/**
 * Sheets of .xlsx workbooks, row by row, for every reader that takes one; and the words in which
 * readers refuse a file.
 */
@NullMarked
package convoy.readers.sheet;

import org.jspecify.annotations.NullMarked;
