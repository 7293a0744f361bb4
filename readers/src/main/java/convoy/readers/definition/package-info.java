/** Update and campaign definitions from the YAML files that people write. */
@NullMarked
package convoy.readers.definition;

import org.jspecify.annotations.NullMarked;
