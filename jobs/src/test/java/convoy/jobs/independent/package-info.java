@NullMarked
package convoy.jobs.independent;

import org.jspecify.annotations.NullMarked;
