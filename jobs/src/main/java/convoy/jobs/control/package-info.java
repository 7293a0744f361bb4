/** What people do to campaigns, also while a job holds the fleet store. */
@NullMarked
package convoy.jobs.control;

import org.jspecify.annotations.NullMarked;
