/** What can be wrong with the inventory as it stands, and the rules that say so. */
@NullMarked
package convoy.data.accuracy;

import org.jspecify.annotations.NullMarked;
