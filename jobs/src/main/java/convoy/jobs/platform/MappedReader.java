package convoy.jobs.platform;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * What a function makes of the items of another reader, in the thread that reads: behind {@link
 * ReadAhead}, in the one that reads ahead.
 */
public final class MappedReader<S, T> implements ItemStreamReader<T> {
  private final ItemStreamReader<S> reader;
  private final Function<S, T> function;

  public MappedReader(ItemStreamReader<S> reader, Function<S, T> function) {
    this.reader = reader;
    this.function = function;
  }

  @Override
  public void open(ExecutionContext context) {
    reader.open(context);
  }

  @Override
  public @Nullable T read() throws Exception {
    S item = reader.read();
    return item == null ? null : function.apply(item);
  }

  @Override
  public void close() {
    reader.close();
  }
}
