/** Reads shards of manifests back, for verification and simulation. */
@NullMarked
package convoy.readers.manifest;

import org.jspecify.annotations.NullMarked;
