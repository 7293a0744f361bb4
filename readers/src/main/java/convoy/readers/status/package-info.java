/** Reads the status logs that come back from vehicles, as CSV, as JSON Lines and in workbooks. */
@NullMarked
package convoy.readers.status;

import org.jspecify.annotations.NullMarked;
