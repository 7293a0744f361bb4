/** Images by their hash: taken over from updates, handed out to the outbox. */
@NullMarked
package convoy.jobs.images;

import org.jspecify.annotations.NullMarked;
