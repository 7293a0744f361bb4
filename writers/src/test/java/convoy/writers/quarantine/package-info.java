/** What readers of the quarantine rely on. */
@NullMarked
package convoy.writers.quarantine;

import org.jspecify.annotations.NullMarked;
