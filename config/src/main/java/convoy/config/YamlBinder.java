package convoy.config;

import convoy.config.YamlNode.Entry;
import convoy.config.YamlNode.Mapping;
import convoy.config.YamlNode.Scalar;
import convoy.config.YamlNode.Sequence;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns nodes into records; the rules are those of {@link StrictYaml}. */
final class YamlBinder {
  private YamlBinder() {}

  static <T extends Record> Located<T> bindRoot(YamlNode root, Class<T> type) {
    return record("the file", type, root);
  }

  private static Object value(String key, Type type, YamlNode node) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return list(key, arguments[0], node);
      }
      if (generic.getRawType() == Map.class) {
        return map(key, arguments[1], node);
      }
      return record(key, ((Class<?>) arguments[0]).asSubclass(Record.class), node);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord() && !YamlScalars.isScalar(plain)) {
      return record(key, plain.asSubclass(Record.class), node).value();
    }
    Class<? extends Record> mapped = YamlScalars.mappedRecord(plain).orElse(null);
    if (mapped != null && node instanceof Mapping) {
      return record(key, mapped, node).value();
    }
    if (node instanceof Scalar scalar) {
      return YamlScalars.read(key, plain, scalar);
    }
    throw wrongType(key, node, YamlScalars.expected(plain));
  }

  private static List<Object> list(String key, Type type, YamlNode node) {
    if (!(node instanceof Sequence sequence)) {
      throw wrongType(key, node, "a list");
    }
    List<Object> items = new ArrayList<>();
    sequence.items().forEach(item -> items.add(value(key, type, item)));
    return Collections.unmodifiableList(items);
  }

  private static Map<String, Object> map(String key, Type type, YamlNode node) {
    if (!(node instanceof Mapping mapping)) {
      throw wrongType(key, node, "a mapping");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    mapping.entries().forEach((k, entry) -> values.put(k, value(k, type, entry.value())));
    return Collections.unmodifiableMap(values);
  }

  private static <T extends Record> Located<T> record(String key, Class<T> type, YamlNode node) {
    if (!(node instanceof Mapping mapping)) {
      throw wrongType(key, node, "a mapping");
    }
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(keyOf(component), component);
    }
    refuseUnknown(mapping, components.keySet());
    Map<String, Position> keys = new LinkedHashMap<>();
    mapping.entries().forEach((k, entry) -> place(k, entry.value(), keys));
    List<@Nullable Object> arguments = new ArrayList<>();
    components.forEach((k, component) -> arguments.add(argument(k, component, mapping)));
    try {
      return new Located<>(construct(type, arguments), mapping.at(), keys);
    } catch (IllegalArgumentException problem) {
      throw Located.refusal(mapping.at(), keys, problem);
    }
  }

  /** The places of a key's value and, under paths such as {@code rules.DATE}, of all within it. */
  private static void place(String path, YamlNode value, Map<String, Position> places) {
    places.put(path, value.at());
    if (value instanceof Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (key, entry) -> {
                place(path + "." + key, entry.value(), places);
                if (entry.value() instanceof Mapping) {
                  places.put(path + "." + key, entry.keyAt());
                }
              });
    }
  }

  private static @Nullable Object argument(String key, RecordComponent c, Mapping mapping) {
    Entry entry = mapping.entries().get(key);
    if (entry != null) {
      return value(key, c.getGenericType(), entry.value());
    }
    if (c.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      return null;
    }
    throw new YamlException(
        mapping.at(), "key '%s' is missing: expected %s".formatted(key, expected(c.getType())));
  }

  private static void refuseUnknown(Mapping mapping, Set<String> known) {
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                String help =
                    Nearest.to(key, known)
                        .map(k -> ", did you mean '%s'?".formatted(k))
                        .orElse(": expected one of " + String.join(", ", known));
                throw new YamlException(entry.keyAt(), "unknown key '%s'".formatted(key) + help);
              }
            });
  }

  private static <T extends Record> T construct(Class<T> type, List<@Nullable Object> arguments) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException problem) {
        throw problem;
      }
      throw new IllegalStateException(type + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private static String keyOf(RecordComponent component) {
    YamlKey key = component.getAnnotation(YamlKey.class);
    return key != null
        ? key.value()
        : component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String expected(Class<?> type) {
    if (type == List.class) {
      return "a list";
    }
    boolean mapping =
        type == Map.class
            || type == Located.class
            || (type.isRecord() && !YamlScalars.isScalar(type));
    return mapping ? "a mapping" : YamlScalars.expected(type);
  }

  private static YamlException wrongType(String key, YamlNode node, String expected) {
    return new YamlException(
        node.at(), "%s %s: expected %s".formatted(key, node.found(), expected));
  }
}
