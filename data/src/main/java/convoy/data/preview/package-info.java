/** What a campaign would do, told before it is approved. */
@NullMarked
package convoy.data.preview;

import org.jspecify.annotations.NullMarked;
