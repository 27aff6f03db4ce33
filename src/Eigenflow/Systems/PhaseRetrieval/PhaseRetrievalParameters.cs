using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The parameter and method tables of this system, from which hosts make options, help and checks.</summary>
internal static class PhaseRetrievalParameters
{
    public static readonly IReadOnlyList<ParameterInfo> All =
    [
        new() { Name = "dimension", Symbol = "d", Kind = ParameterKind.Integer, Minimum = 1, Maximum = 1e15, Default = 1000L, Unit = "modes", Help = "Number of input modes; derived from the file or list when the spectrum is one." },
        new() { Name = "exponent", Symbol = "a", Kind = ParameterKind.Number, Minimum = 0, Maximum = PowerLawSpectrum.LargestExponent, Default = 2.0, Help = "Spectral exponent of λ_i ∝ i^(−a); 0 is isotropic; the theory of the late phases needs a > 1." },
        new() { Name = "spectrum", Symbol = "λ", Kind = ParameterKind.Text, Default = "power-law", Choices = ["power-law", "isotropic", "spiked:COUNT:STRENGTH", "zero-one:RANK", "list:VALUE,VALUE,…", "file:PATH"], Examples = ["spiked:3:9", "zero-one:5", "list:0.8,0.2"], Help = "Eigenvalues of the input covariance, normalised to trace one; files are .csv or .npy, such as eigenflow spectrum saves." },
        new() { Name = "inputs", Symbol = "x", Kind = ParameterKind.Text, Choices = ["file:PATH"], Help = "Rows of a data file (.npy, .csv): spectrum and dimension are those of their covariance, and sgd draws the rows themselves, centred and in its eigenbasis, with the planted teacher's labels." },
        new() { Name = "teacher", Symbol = "w*", Kind = ParameterKind.Text, Default = "gaussian", Choices = ["gaussian", "ones", "source", "file:PATH"], Help = "Teacher coefficients per mode: random normal (the paper's), all equal, i^(−b/2), or a file." },
        new() { Name = "source-exponent", Symbol = "b", Kind = ParameterKind.Number, Minimum = -20, Maximum = 20, Default = 0.0, Help = "Source condition w*_i² ∝ i^(−b), for the teachers gaussian and source; 0 is the paper's." },
        new() { Name = "teacher-norm", Symbol = "", Kind = ParameterKind.Choice, Default = "q", Choices = ["q", "d"], Help = "q: w*ᵀQw* = 1, equal initial loss for every spectrum; d: ‖w*‖² = d, equal initial MSE." },
        new() { Name = "start", Symbol = "w(0)", Kind = ParameterKind.Text, Default = "sphere", Choices = ["sphere", "gaussian", "alternating", "file:PATH"], Help = "Initial weights: uniform on the unit sphere (the paper's), N(0, I/d), 1 and ½ alternating with unit norm, or a file." },
        new() { Name = "noise", Symbol = "σ²", Kind = ParameterKind.Number, Minimum = 0, Default = 0.0, Help = "Variance of the label noise; it acts on sgd and sgd-theory, and is not part of the loss." },
        new() { Name = "seed", Symbol = "", Kind = ParameterKind.Integer, Minimum = 0, Maximum = 9e15, Default = 1L, Help = "Seed of the random teacher, start and samples; equal seeds give equal results on every machine." },
        new() { Name = "escape-threshold", Symbol = "δ", Kind = ParameterKind.Number, Minimum = 0, Maximum = 1, MinimumIsOpen = true, MaximumIsOpen = true, Default = 0.1, Help = "Escape T₁ is the first time with |u| ≥ δ s*." },
        new() { Name = "accuracy", Symbol = "ε", Kind = ParameterKind.Number, Minimum = 0, Maximum = 1, MinimumIsOpen = true, MaximumIsOpen = true, Default = 0.05, Help = "Convergence T₂ is the first time with |u|/s* and s/s* both in [1 − ε, 1 + ε]." },
        Option("rtol", "", ParameterKind.Number, 1e-8, "Relative tolerance of the stiff solver; each factor 30 costs about twice the work.") with { Minimum = 1e-13, Maximum = 0.1 },
        Option("until", "T", ParameterKind.Number, null, "End of the flow time; by default the power of ten at which the slowest mode has relaxed.") with { Minimum = 0, MinimumIsOpen = true },
        Option("times", "", ParameterKind.NumberList, null, "These flow times are saved, such as 1,10,100, and until where it is given; by default a logarithmic grid.") with { Minimum = 0 },
        Option("learning-rate", "η", ParameterKind.Number, 1e-3, "Step size, the largest one of the schedule; flow time is the sum of the rates.") with { Minimum = 0, MinimumIsOpen = true },
        .. ScheduleParameters.Rows("learning-rate"),
        Option("steps", "n", ParameterKind.Integer, 100_000L, "Number of update steps.") with { Minimum = 1, Maximum = 1e15 },
        Option("at-steps", "", ParameterKind.NumberList, null, "These steps are saved, such as 100,1000, and the last one; by default a logarithmic grid.") with { Minimum = 0, Maximum = 1e15 },
        Option("batch", "B", ParameterKind.Integer, 1L, "Samples per SGD step; the paper uses 1.") with { Minimum = 1, Maximum = 1e6 },
        Option("replicas", "", ParameterKind.Integer, 16L, "Independent SGD runs from the same start; their mean and the band from the 10 to the 90 % quantile are returned.") with { Minimum = 1, Maximum = 65_535 },
        Option("sampling", "", ParameterKind.Choice, null, "With inputs: sgd draws their rows (the default then), or Gaussian inputs of their covariance; rows,gaussian runs both.") with { Choices = ["rows", "gaussian"] },
        Option("precision", "", ParameterKind.Choice, "double", "Precision of SGD samples and weights; float halves the time and rounds weights to 7 digits.") with { Choices = ["double", "float"] },
        Option("modes", "", ParameterKind.Choice, "auto", "How modes are carried: each by itself, on compressed nodes, or with weights averaged over teachers and starts (no seed then); auto: full to d = 2048, compressed to 2e8, averaged beyond.") with { Choices = ["auto", "full", "compressed", "averaged"] },
        Option("hierarchy-order", "K", ParameterKind.Integer, 8L, "Truncation order of the moment hierarchy.") with { Minimum = 1, Maximum = TruncatedHierarchy.LargestOrder },
        Option("points", "", ParameterKind.Integer, 200L, "Number of saved rows of the logarithmic grid.") with { Minimum = 2, Maximum = 1e6 },
    ];

    private static readonly string[] Continuous = ["rtol", "until", "times", "points"];

    private static readonly string[] Discrete = ["learning-rate", .. ScheduleParameters.Names, "steps", "at-steps", "points"];

    public static readonly IReadOnlyList<MethodInfo> Methods =
    [
        new("flow", "Population gradient flow by a stiff solver; exact up to rtol, O(log T) steps.", [.. Continuous, "modes"]),
        new("gd", "Population gradient descent; exact up to rounding.", [.. Discrete, "modes"], IsDiscrete: true),
        new("sgd", "Online stochastic gradient descent with fresh Gaussian samples, or with the rows of inputs: mean and quantile band over replicas.", [.. Discrete, "batch", "replicas", "sampling", "precision"], IsDiscrete: true),
        new("sgd-theory", "Mean-field theory of online SGD: exact second moments given (s, u), fluctuations of s and u neglected.", [.. Discrete, "batch", "modes"], IsDiscrete: true),
        new("hierarchy", "Moment hierarchy truncated at hierarchy-order; shows how truncation fails.", [.. Continuous, "modes", "hierarchy-order"]),
        new("volterra", "Phase-I Volterra equation for u (s ≪ s*/3); ends when its u reaches s*.", [.. Continuous, "modes"]),
        new("isotropic", "Closed two-variable flow of isotropic inputs of the same dimension: the reference curve.", [.. Continuous, "modes"]),
        new("frozen", "Flow until convergence, then every mode relaxes by itself (Phase III); heuristic.", [.. Continuous, "modes"]),
    ];

    public static readonly IReadOnlyList<NamedQuantity> Events =
    [
        new(PhaseEvents.Escape, "T₁", "First time with |u| ≥ δ s*: the end of Phase I."),
        new(PhaseEvents.Crossing, "T₁′", "First time with s ≥ s*/3: the end of Phase IIa."),
        new(PhaseEvents.Convergence, "T₂", "First time with |u|/s* and s/s* both in [1 − ε, 1 + ε]: the end of Phase IIb."),
    ];

    private static ParameterInfo Option(string name, string symbol, ParameterKind kind, object? value, string help) => new()
    {
        Name = name,
        Symbol = symbol,
        Kind = kind,
        Default = value,
        Help = help,
        BelongsToProblem = false,
    };
}
