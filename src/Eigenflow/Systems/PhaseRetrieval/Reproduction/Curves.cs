using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Shared pieces of this system's figures.</summary>
internal static class Curves
{
    public const string Paper = "arXiv:2511.18661";

    public const string Derived = "derived (docs/systems/phase-retrieval.md)";

    /// <summary>The shaded phases of a trajectory between two times; phases that are not reached are left out.</summary>
    public static IReadOnlyList<Region> Phases(Solution solution, double first, double last)
    {
        var names = new[] { "I", "IIa", "IIb", "III" };
        var ends = new[] { solution.Events[PhaseEvents.Escape], solution.Events[PhaseEvents.Crossing], solution.Events[PhaseEvents.Convergence], last };
        var regions = new List<Region>();
        var start = first;
        for (var k = 0; k < names.Length; k++)
        {
            var end = Math.Min(ends[k] ?? last, last);
            if (end > start)
            {
                regions.Add(new Region(start, end, names[k]));
                start = end;
            }

            if (ends[k] is null)
                break;
        }

        return regions;
    }
}
