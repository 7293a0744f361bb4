/** Files that appear whole or not at all, also when the machine stops in the middle. */
@NullMarked
package convoy.data.io;

import org.jspecify.annotations.NullMarked;
