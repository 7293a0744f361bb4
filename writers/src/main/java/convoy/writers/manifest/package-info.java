/** The outbox of manifests: shards, root metadata and images, each written whole or not at all. */
@NullMarked
package convoy.writers.manifest;

import org.jspecify.annotations.NullMarked;
