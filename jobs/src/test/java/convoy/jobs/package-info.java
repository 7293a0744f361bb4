@NullMarked
package convoy.jobs;

import org.jspecify.annotations.NullMarked;
