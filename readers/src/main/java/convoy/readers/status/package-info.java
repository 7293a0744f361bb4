/** Reads the status logs that come back from vehicles, as CSV and as JSON Lines. */
@NullMarked
package convoy.readers.status;

import org.jspecify.annotations.NullMarked;
