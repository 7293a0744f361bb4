/** The one place that starts jobs, and the runs that start them in order. */
@NullMarked
package convoy.scheduler.launch;

import org.jspecify.annotations.NullMarked;
