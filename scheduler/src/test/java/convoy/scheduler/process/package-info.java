/** Tests that run the program as its users do: in processes of its own, some of them killed. */
@NullMarked
package convoy.scheduler.process;

import org.jspecify.annotations.NullMarked;
