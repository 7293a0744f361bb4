/** What comes back from vehicles, and what it makes of an assignment, a retry and a gate. */
@NullMarked
package convoy.data.status;

import org.jspecify.annotations.NullMarked;
