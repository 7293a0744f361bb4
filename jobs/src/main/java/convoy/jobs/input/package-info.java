/** What the jobs that take files in share: the inbox, refusals, and the archive. */
@NullMarked
package convoy.jobs.input;

import org.jspecify.annotations.NullMarked;
