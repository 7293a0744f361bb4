/**
 * Manufacturing exports in CSV and Excel, read row by row with line and raw text; and lists of
 * VINs, which are written in the same ways.
 */
@NullMarked
package convoy.readers.export;

import org.jspecify.annotations.NullMarked;
