/**
 * The image store: images taken over from updates, kept encrypted, checked again and handed out.
 */
@NullMarked
package convoy.jobs.images;

import org.jspecify.annotations.NullMarked;
