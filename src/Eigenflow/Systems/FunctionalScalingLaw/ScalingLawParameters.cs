namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The parameter and method tables of this system, from which hosts make options, help and checks.</summary>
internal static class ScalingLawParameters
{
    public static readonly IReadOnlyList<ParameterInfo> All =
    [
        new() { Name = "capacity", Symbol = "β", Kind = ParameterKind.Number, Minimum = 1, MinimumIsOpen = true, Maximum = 1000, Default = 4.0, Help = "Exponent > 1 of the covariance spectrum λ_j = j^(−β), for a finite trace; small values are high capacity. 4 is the paper's." },
        new() { Name = "difficulty", Symbol = "s", Kind = ParameterKind.Number, Minimum = 0, MinimumIsOpen = true, Maximum = 1000, Default = 0.5, Help = "Relative difficulty of the target, θ*_j² = j^(−1) λ_j^(s−1); easy for s ≥ 1 − 1/β, hard below. 0.5 is the paper's." },
        new() { Name = "features", Symbol = "N", Kind = ParameterKind.Integer, Minimum = 1, Maximum = ScalingLawProblem.LargestSize, Default = 1024L, Unit = "modes", Help = "Number of features; derived from the file when the spectrum is one." },
        new() { Name = "model-size", Symbol = "M", Kind = ParameterKind.Integer, Minimum = 1, Maximum = ScalingLawProblem.LargestSize, Default = 256L, Unit = "modes", Help = "Features that the model sees, at most N; by default 256 or all that there are." },
        new() { Name = "projection", Symbol = "W", Kind = ParameterKind.Choice, Default = "top", Choices = ["top", "random"], Help = "top: the M features of largest variance; random: M Gaussian combinations, w_j ~ N(0, I/M), drawn with the seed." },
        new() { Name = "spectrum", Symbol = "λ", Kind = ParameterKind.Text, Default = "power-law", Choices = ["power-law", "file:PATH"], Help = "Eigenvalues: the power law, or a .csv or .npy file (all > 0, used as they are)." },
        new() { Name = "target", Symbol = "θ*", Kind = ParameterKind.Text, Default = "power-law", Choices = ["power-law", "file:PATH"], Help = "Target coefficients: the power law, or a file with θ*_j in the order of the eigenvalues." },
        new() { Name = "noise", Symbol = "σ²", Kind = ParameterKind.Number, Minimum = 0, Default = 0.25, Help = "Variance of the label noise; its risk σ²/2 is not part of the loss." },
        new() { Name = "batch", Symbol = "B", Kind = ParameterKind.Text, Default = "1", Choices = ["a whole number", "or one that grows at parts of the run"], Examples = ["8", "8*4@0.5"], Help = "Samples per step; 8*4@0.5 is 8, and 32 from the half of the run. The paper uses 1." },
        new() { Name = "steps", Symbol = "K", Kind = ParameterKind.Integer, Minimum = 1, Maximum = 1e15, Default = 10_000L, Help = "Number of update steps." },
        new() { Name = "peak", Symbol = "a", Kind = ParameterKind.Number, Minimum = 0, MinimumIsOpen = true, Default = 0.1, Help = "Largest learning rate of the schedule." },
        .. ScheduleParameters.Rows("peak", belongsToProblem: true, defaultSchedule: "wsd"),
        new() { Name = "seed", Symbol = "", Kind = ParameterKind.Integer, Minimum = 0, Maximum = 9e15, Default = 1L, Help = "Seed of the random projection and of the samples; equal seeds give equal results on every machine." },
        Option("modes", "", ParameterKind.Choice, "auto", "How modes are carried: each by itself or on compressed nodes; auto: full to M = 4096, compressed beyond.") with { Choices = ["auto", "full", "compressed"] },
        Option("sub-steps", "", ParameterKind.Integer, 1L, "Parts of each update step; 1 is the canonical recursion, more approach continuous intrinsic time.") with { Minimum = 1, Maximum = 1e6 },
        Option("replicas", "", ParameterKind.Integer, 64L, "Independent SGD runs; their mean, its standard error and the band from the 10 to the 90 % quantile are returned.") with { Minimum = 1, Maximum = 65_535 },
        Option("at-steps", "", ParameterKind.NumberList, null, "These steps are saved, such as 100,1000, and the last one; by default a logarithmic grid and an even one.") with { Minimum = 0, Maximum = 1e15 },
        Option("points", "", ParameterKind.Integer, 200L, "Number of saved rows of the logarithmic grid; half as many more are evenly spaced.") with { Minimum = 2, Maximum = 1e6 },
    ];

    private static readonly string[] Rows = ["at-steps", "points"];

    public static readonly IReadOnlyList<MethodInfo> Methods =
    [
        new("exact", "Exact mean loss of SGD on Gaussian features at every step, by its second moments; no limit is taken.", [.. Rows, "modes"], IsDiscrete: true),
        new("sde", "Second moments of the stochastic differential equation of SGD in intrinsic time; differs from exact by O(η).", [.. Rows, "modes", "sub-steps"], IsDiscrete: true),
        new("volterra", "The Volterra equation of the loss: the SDE without its λ²m term.", [.. Rows, "modes", "sub-steps"], IsDiscrete: true),
        new("law", "The functional scaling law of a model of size M with first-order coefficients, D_M + ½(e_M + noise).", [.. Rows, "modes", "sub-steps"], IsDiscrete: true),
        new("law-infinite", "The functional scaling law with the profiles of infinite width, all constants one: for exponents.", [.. Rows], IsDiscrete: true),
        new("sgd", "One-pass SGD with fresh Gaussian samples: mean, standard error and quantile band over replicas.", [.. Rows, "replicas"], IsDiscrete: true),
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
