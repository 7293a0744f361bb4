/** Error codes with their exit status, and the one exception that carries them. */
@NullMarked
package convoy.data.error;

import org.jspecify.annotations.NullMarked;
