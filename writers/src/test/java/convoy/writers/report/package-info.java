/** What readers of reports rely on. */
@NullMarked
package convoy.writers.report;

import org.jspecify.annotations.NullMarked;
