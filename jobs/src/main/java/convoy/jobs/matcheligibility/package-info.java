/** The job that decides which vehicles each campaign's update fits. */
@NullMarked
package convoy.jobs.matcheligibility;

import org.jspecify.annotations.NullMarked;
