namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The parameter and method tables of this system, from which hosts make options, help and checks.</summary>
internal static class SpectralDescentParameters
{
    public static readonly IReadOnlyList<ParameterInfo> All =
    [
        new() { Name = "dimension", Symbol = "d", Kind = ParameterKind.Integer, Minimum = 3, Maximum = 1e15, Default = 100L, Unit = "directions", Help = "Input dimension; taken from the list or file when the spectrum is one. Block methods cost the same at every dimension with a spike." },
        new() { Name = "spike", Symbol = "λ", Kind = ParameterKind.Number, Minimum = -1, MinimumIsOpen = true, Default = 9.0, Help = "Strength of the spike in Q = I + λ v vᵀ; above 2 gradient descent learns the spike before the signal." },
        new() { Name = "spectrum", Symbol = "q", Kind = ParameterKind.Text, Default = "spiked", Choices = ["spiked", "power-law", "list:VALUE,VALUExCOUNT,…", "file:PATH"], Examples = ["list:4,1x98"], Help = "Covariance of the inputs: the spike of the paper, q_j = j^(−p), eigenvalues with multiplicities, or a file with eigenvalues or a symmetric matrix." },
        new() { Name = "exponent", Symbol = "p", Kind = ParameterKind.Number, Minimum = 0, Maximum = 100, Default = 1.0, Help = "Exponent of spectrum = power-law." },
        new() { Name = "signal-mode", Symbol = "k₀", Kind = ParameterKind.Integer, Minimum = 1, Maximum = 1e15, Help = "Number of the eigenvector that is the teacher, unless the spectrum is spiked: counted one by one in the order of the spectrum, so that in list:4,1x98 number 1 has the eigenvalue 4 and numbers 2 to 99 have 1. By default 5 for a power law and 1 for a list or file." },
        new() { Name = "teacher", Symbol = "θ", Kind = ParameterKind.Text, Default = "mode", Choices = ["mode", "ramp", "gaussian", "file:PATH"], Help = "Teacher: an eigenvector (block methods need one), θ ∝ (1, 2, …, d), a random direction, or a file, which is scaled to unit length." },
        new() { Name = "start", Symbol = "W₀", Kind = ParameterKind.Choice, Default = "identity", Choices = ["identity", "orthogonal", "gaussian"], Help = "Initial weights: α I, α times a random orthogonal matrix, or independent normal entries of standard deviation α/√width." },
        new() { Name = "start-scale", Symbol = "α", Kind = ParameterKind.Number, Minimum = 0, MinimumIsOpen = true, Help = "Size of the initial weights, by default 1e-3, or 0.1/√tr Q where that is smaller; zero never escapes. Keep it off multiples of the learning rate, where a coefficient of spectral descent lands on zero." },
        new() { Name = "width", Symbol = "m", Kind = ParameterKind.Integer, Minimum = 1, Maximum = 1e6, Help = "Number of neurons with start = gaussian; by default the dimension." },
        new() { Name = "seed", Symbol = "", Kind = ParameterKind.Integer, Minimum = 0, Maximum = 9e15, Default = 1L, Help = "Seed of the samples and of random starts and teachers; equal seeds give equal results." },
        Option("learning-rate", "η", ParameterKind.Number, null, "Step size, the largest of the schedule. By default 0.25/max(1 + λ, 3) for population gradient descent (0.1 instead of 0.25 on batches), and 0.0211/√d for spectral descent (twice that on batches).") with { Minimum = 0, MinimumIsOpen = true },
        Option("steps", "K", ParameterKind.Integer, null, "Number of update steps; by default enough to see every phase at a constant learning rate.") with { Minimum = 1, Maximum = 1e15 },
        .. ScheduleParameters.Rows("learning-rate"),
        Option("momentum", "μ", ParameterKind.Number, null, "Momentum of M ← μM + (1 − μ)G; by default 0.9 for muon methods and 0 otherwise.") with { Minimum = 0, Maximum = 1, MaximumIsOpen = true },
        Option("power", "p_S", ParameterKind.Number, 0.5, "Exponent of U S^p Vᵀ in fractional methods: 0 is spectral descent, 1 gradient descent.") with { Minimum = 0, Maximum = 1 },
        Option("smoothing", "ε", ParameterKind.Number, 0.0, "Smoothing of the sign in spectral methods, s/√(s² + ε²); 0 is the polar factor.") with { Minimum = 0 },
        Option("newton-schulz", "a,b,c", ParameterKind.Text, "muon", "Coefficients of the Newton–Schulz iteration of muon methods.") with { Choices = ["muon", "cubic", "three numbers a,b,c"], Examples = ["3.4445,-4.775,2.0315"] },
        Option("iterations", "", ParameterKind.Integer, 5L, "Newton–Schulz iterations per step; the cubic needs about 30 for the polar factor.") with { Minimum = 1, Maximum = 1000 },
        Option("batch", "B", ParameterKind.Integer, 256L, "Samples per step of the mini-batch methods; below the dimension a spectral step moves B directions only.") with { Minimum = 1, Maximum = 1e7 },
        Option("replicas", "", ParameterKind.Integer, 8L, "Independent runs of the mini-batch methods from one start; their mean and the band from the 10 to the 90 % quantile are returned.") with { Minimum = 1, Maximum = 65_535 },
        Option("weights", "", ParameterKind.Choice, "none", "all adds the coefficients w1, w2, … of the block methods as columns.") with { Choices = ["none", "all"] },
        Option("at-steps", "", ParameterKind.NumberList, null, "These steps are saved, such as 50,100, and the last one; by default a grid.") with { Minimum = 0, Maximum = 1e15 },
        Option("points", "", ParameterKind.Integer, 200L, "Number of saved rows of the grid, half of them even in the logarithm of the step and half of them even in the step.") with { Minimum = 4, Maximum = 1e6 },
    ];

    private static readonly string[] Common = ["learning-rate", "steps", .. ScheduleParameters.Names, "momentum", "at-steps", "points"];

    private static readonly string[] Sampled = [.. Common, "batch", "replicas"];

    private static readonly string[] NewtonSchulz = ["newton-schulz", "iterations"];

    public static readonly IReadOnlyList<MethodInfo> Methods =
    [
        Discrete("gd", "Gradient descent on the population loss, on blocks; exact up to rounding, O(blocks) per step.", [.. Common, "weights"]),
        Discrete("spectral", "Spectral descent (polar factor of the gradient) on the population loss, on blocks; exact up to rounding, O(blocks) per step.", [.. Common, "smoothing", "weights"]),
        Discrete("fractional", "U S^p Vᵀ of the population gradient, on blocks: between the two.", [.. Common, "power", "weights"]),
        Discrete("muon-population", "Momentum and Newton–Schulz on the population gradient, on blocks.", [.. Common, .. NewtonSchulz, "weights"]),
        Discrete("sgd", "Mini-batch gradient descent with fresh Gaussian samples: mean and quantile band over replicas.", Sampled),
        Discrete("spectral-sgd", "Mini-batch spectral descent with the exact polar factor.", [.. Sampled, "smoothing"]),
        Discrete("fractional-sgd", "Mini-batch descent along U S^p Vᵀ.", [.. Sampled, "power"]),
        Discrete("muon", "Mini-batch Muon: momentum and Newton–Schulz.", [.. Sampled, .. NewtonSchulz]),
        Discrete("full-gd", "Gradient descent on the population loss of the whole matrix: any covariance, teacher, start and width.", Common),
        Discrete("full-spectral", "Spectral descent of the whole matrix, one SVD per step.", [.. Common, "smoothing"]),
        Discrete("full-fractional", "U S^p Vᵀ of the whole matrix.", [.. Common, "power"]),
        Discrete("full-muon", "Momentum and Newton–Schulz on the population gradient of the whole matrix.", [.. Common, .. NewtonSchulz]),
    ];

    private static MethodInfo Discrete(string name, string summary, IReadOnlyList<string> parameters) => new(name, summary, parameters, IsDiscrete: true);

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
