/** Manufacturing exports in CSV and Excel, read row by row with line and raw text. */
@NullMarked
package convoy.readers.export;

import org.jspecify.annotations.NullMarked;
