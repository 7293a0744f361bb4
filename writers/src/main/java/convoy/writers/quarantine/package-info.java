/** The list of rejected input, with its raw text, as a CSV file. */
@NullMarked
package convoy.writers.quarantine;

import org.jspecify.annotations.NullMarked;
