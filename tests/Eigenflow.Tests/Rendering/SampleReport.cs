using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Systems;

namespace Eigenflow.Tests.Rendering;

/// <summary>A report with every kind of content, and texts that must be escaped.</summary>
internal static class SampleReport
{
    public static IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Relative("rate", "Growth rate of u equals ρ for a = 2, d = 10^4", 0.812345678, 0.81301, 0.02, "arXiv:2511.18661, eq. (12)", "least squares on log u over one decade", PredictionKind.Asymptotic, 0.0004),
        Claim.Absolute("exponent", "Exponent of 1 − s is −(a − 1)/a for a = 1.5 <d large>", -1.0 / 3, -0.29, 0.02, "derived, sheet \"5\" & below", "slope of the last decade", uncertainty: 0.004),
        Claim.AtMost("gradient", "Gradient agrees with finite differences", 1e-6, 3.21e-9, "derived", "central differences at 20 points"),
        Claim.Absolute("outside", "S_d at d = 10 lies outside the window of the asymptotic law", 0.5, 0.9, 0.1, "eq. (30)", "direct sum") with { Outside = "d = 10, must be >= 1000" },
        Claim.AtMost("erratum", "The spread of seeds is at most 1 %", 0.01, 0.013, "paper", "three seeds").AsErratum("what holds is 2 %, with the ratio 0.65"),
        Claim.AtMost("bound", "The spread of seeds is at most 2 %", 0.02, 0.018, "paper", "three seeds", uncertainty: 0.005).At("runs", 3),
        Claim.Relative("small", "SGD follows its mean at the dimension of the paper", 1, 1.001, 0.01, "figure 5", "mean of 40 runs").At("d", 100, 10_000).UpTo(1e4, claimed: 1e4).Over("η < 1/8"),
    ];

    public static Table Exponents { get; } = new(
        "exponents", "Predicted and fitted exponents", ["quantity", "predicted", "fitted", "window"],
        [
            ["escape rate ρ", "0.8123", "0.8130 ± 0.0004", "t in [3, 30]"],
            ["1 − u", "−0.5", "−0.498 ± 0.003", "t in [1e3, 1e6] & above"],
            ["loss L", "−0.5", "—", "none"],
        ],
        "Intervals are 95 % by block bootstrap.");

    public static ReportContent Content => new()
    {
        Title = "Phase retrieval under power-law data: <reproduction> & checks",
        Summary = "Six figures and their claims were recomputed.\n\nTwo claims hold, one fails, and one of each of the others, in d = 10^6.",
        Version = "0.1.0",
        Sections =
        [
            new ReportSection("figure-1", "Figure 1: loss of the flow", new ReproductionResult { Figures = [SampleFigures.PowerLaws()], Claims = [Claims[0], Claims[1]] }),
            new ReportSection("figure-2", "Figure 2: four panels", new ReproductionResult { Figures = [SampleFigures.FourPanels()], Tables = [Exponents] }),
            new ReportSection("landscape", "Landscape", new ReproductionResult { Claims = [.. Claims.Skip(2)] }),
        ],
        Citations = [new Citation("paper2025", "arXiv:2511.18661", "Phase retrieval with power-law data", "@article{paper2025,\n  title = {Phase retrieval},\n}")],
        Provenance = [new("Setting", "dimension = 1000000, exponent = 2"), new("Command", "eigenflow reproduce phase-retrieval")],
    };
}
