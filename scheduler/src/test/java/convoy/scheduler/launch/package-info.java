@NullMarked
package convoy.scheduler.launch;

import org.jspecify.annotations.NullMarked;
