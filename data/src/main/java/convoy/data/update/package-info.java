/** Updates: what is changed on which modules, and from which versions to which. */
@NullMarked
package convoy.data.update;

import org.jspecify.annotations.NullMarked;
