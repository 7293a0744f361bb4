/** Where the outbox is published to: another folder, or a bucket of an object store. */
@NullMarked
package convoy.writers.delivery;

import org.jspecify.annotations.NullMarked;
