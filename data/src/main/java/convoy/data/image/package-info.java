/** Images encrypted for keeping and for publishing, and the keys that open them. */
@NullMarked
package convoy.data.image;

import org.jspecify.annotations.NullMarked;
