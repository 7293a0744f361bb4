/** Export profiles: YAML files that say how one plant writes its exports. */
@NullMarked
package convoy.readers.profile;

import org.jspecify.annotations.NullMarked;
