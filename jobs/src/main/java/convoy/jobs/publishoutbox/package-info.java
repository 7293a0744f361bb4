/** The job that publishes what is new in the outbox to a folder or an object store. */
@NullMarked
package convoy.jobs.publishoutbox;

import org.jspecify.annotations.NullMarked;
