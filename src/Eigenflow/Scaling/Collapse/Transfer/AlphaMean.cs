using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// α of a schedule over its targets, with Student's interval over the constant-rate runs that they were predicted from: targets of one reference share its noise, and count as one. It holds what seeds and sizes change, which blocks along one run do not see.
/// </summary>
/// <param name="Schedule">Name of the schedule.</param>
/// <param name="Value">Mean over references of the mean over their targets.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="References">Number of references, at least 3.</param>
public sealed record AlphaMean(string Schedule, double Value, double Lower, double Upper, int References)
{
    private const int FewestReferences = 3;

    /// <summary>One per schedule whose fitted targets have at least three references.</summary>
    /// <param name="transfers">The predictions.</param>
    public static IReadOnlyList<AlphaMean> Of(IReadOnlyList<ScheduleTransfer> transfers)
    {
        ArgumentNullException.ThrowIfNull(transfers);
        var found = new List<AlphaMean>();
        foreach (var schedule in transfers.Where(one => one.IsAlphaFitted && double.IsFinite(one.Alpha)).GroupBy(one => one.Target.Schedule, StringComparer.Ordinal))
        {
            double[] means = [.. schedule.GroupBy(one => one.Reference, ReferenceEqualityComparer.Instance).Select(targets => targets.Average(one => one.Alpha))];
            if (means.Length < FewestReferences)
                continue;
            var mean = means.Average();
            var half = StudentInterval.Half(Math.Sqrt(means.Sum(value => (value - mean) * (value - mean)) / (means.Length - 1) / means.Length), means.Length - 1);
            found.Add(new AlphaMean(schedule.Key, mean, mean - half, mean + half, means.Length));
        }

        return found;
    }
}
