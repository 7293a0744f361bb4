package convoy.data.campaign.filter;

import convoy.data.campaign.filter.Filter.And;
import convoy.data.campaign.filter.Filter.Compare;
import convoy.data.campaign.filter.Filter.In;
import convoy.data.campaign.filter.Filter.Not;
import convoy.data.campaign.filter.Filter.Or;
import convoy.data.vehicle.VehicleFacts;

/** Filters applied in plain Java; the matching does the same in SQL. */
final class FilterEvaluation {
  private FilterEvaluation() {}

  static Truth of(Filter filter, VehicleFacts vehicle) {
    if (filter instanceof Compare compare) {
      String fact = compare.fact().of(vehicle);
      return fact == null
          ? Truth.UNKNOWN
          : Truth.of(compare.comparison().holds(fact.compareTo(compare.value())));
    }
    if (filter instanceof In in) {
      String fact = in.fact().of(vehicle);
      return fact == null ? Truth.UNKNOWN : Truth.of(in.values().contains(fact));
    }
    if (filter instanceof Not not) {
      return of(not.part(), vehicle).not();
    }
    if (filter instanceof And and) {
      return and.parts().stream().map(p -> of(p, vehicle)).reduce(Truth.TRUE, Truth::and);
    }
    return ((Or) filter).parts().stream().map(p -> of(p, vehicle)).reduce(Truth.FALSE, Truth::or);
  }
}
