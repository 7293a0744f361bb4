/** Typed settings, the folders of one installation, and the strict reading of YAML files. */
@NullMarked
package convoy.config;

import org.jspecify.annotations.NullMarked;
