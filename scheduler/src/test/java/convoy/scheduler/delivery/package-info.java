/** Publishing, against an object store in the test. */
@NullMarked
package convoy.scheduler.delivery;

import org.jspecify.annotations.NullMarked;
