package convoy.data.eligibility;

import java.util.List;

/** The verdict on one vehicle in one campaign, with every reason. */
public record Assessment(String campaign, String vin, Verdict verdict, List<Finding> findings) {
  public Assessment {
    findings = List.copyOf(findings);
  }
}
