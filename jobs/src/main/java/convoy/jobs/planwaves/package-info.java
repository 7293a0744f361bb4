/** The job that spreads eligible vehicles over the waves of their campaign. */
@NullMarked
package convoy.jobs.planwaves;

import org.jspecify.annotations.NullMarked;
