/** What every job stands on: the job repository, the open fleet store, progress and summaries. */
@NullMarked
package convoy.jobs.platform;

import org.jspecify.annotations.NullMarked;
