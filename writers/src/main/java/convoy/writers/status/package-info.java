/** Writes status logs as vehicles send them, for simulations and rehearsals. */
@NullMarked
package convoy.writers.status;

import org.jspecify.annotations.NullMarked;
