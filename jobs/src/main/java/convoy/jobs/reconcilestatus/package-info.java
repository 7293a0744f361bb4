/** The jobs that take in what vehicles report and decide what follows from it. */
@NullMarked
package convoy.jobs.reconcilestatus;

import org.jspecify.annotations.NullMarked;
