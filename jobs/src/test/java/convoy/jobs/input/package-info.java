@NullMarked
package convoy.jobs.input;

import org.jspecify.annotations.NullMarked;
