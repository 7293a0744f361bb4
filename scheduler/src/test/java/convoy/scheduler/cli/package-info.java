@NullMarked
package convoy.scheduler.cli;

import org.jspecify.annotations.NullMarked;
