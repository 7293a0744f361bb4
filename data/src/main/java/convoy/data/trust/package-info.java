/** Keys, signatures and signed documents: what is signed, by whom, and whether it holds. */
@NullMarked
package convoy.data.trust;

import org.jspecify.annotations.NullMarked;
