namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The modes of a problem with weights: every statistic is a weighted sum over the entries j,
/// s = Σ m_j λ_j w_j², u = Σ m_j λ_j w_j w*_j, d·MSE = Σ m_j (w_j − w*_j)², and each entry moves as a mode with
/// eigenvalue λ_j. Full modes have m = 1; a compressed node is two entries (the eigenvectors of its 2×2 matrix of moments
/// of w(0) and w*), whose weights may be negative. The dynamics, gradient descent and every statistic are the same code for all.
/// </summary>
public sealed class WeightedModes
{
    /// <summary>The word of weights averaged over teachers and starts.</summary>
    internal const string AveragedName = "averaged";

    private readonly double teacherOverlap;
    private (double Largest, double Smallest) ends;

    internal WeightedModes(
        double[] eigenvalues, double[] weights, double[] start, double[] teacher, double[] counts, long dimension, ModeRepresentation representation, double preconditioner = 0, HiddenTeacher hidden = default)
    {
        Eigenvalues = eigenvalues;
        Weights = weights;
        Start = start;
        Teacher = teacher;
        Counts = counts;
        Dimension = dimension;
        Representation = representation;
        Preconditioner = preconditioner;
        Hidden = hidden;
        Rates = preconditioner == 0 ? eigenvalues : [.. eigenvalues.Select(value => Preconditioning.Rate(value, preconditioner))];
        SeenOverlap = Sum(j => Weights[j] * Eigenvalues[j] * Teacher[j] * Teacher[j]);
        teacherOverlap = SeenOverlap + hidden.Overlap;
        TeacherNormSquared = Sum(j => Weights[j] * Teacher[j] * Teacher[j]) + hidden.NormSquared;
    }

    /// <summary>Eigenvalues λ_j of the entries.</summary>
    public double[] Eigenvalues { get; }

    /// <summary>Weights m_j.</summary>
    public double[] Weights { get; }

    /// <summary>Start w_j(0).</summary>
    public double[] Start { get; }

    /// <summary>Teacher w*_j.</summary>
    public double[] Teacher { get; }

    /// <summary>Number of modes that an entry stands for, so that Σ_j c_j f(λ_j) = Σ_i f(λ_i) (it may be fractional or negative).</summary>
    public double[] Counts { get; }

    /// <summary>Number of modes d that all entries stand for.</summary>
    public long Dimension { get; }

    /// <summary>How the modes are carried.</summary>
    public ModeRepresentation Representation { get; }

    /// <summary>Number of entries.</summary>
    public int Size => Eigenvalues.Length;

    /// <summary>κ of the preconditioned dynamics ẇ = −Q^(−κ)∇L; 0 without one.</summary>
    public double Preconditioner { get; }

    /// <summary>Rates λ_j^(1−κ) at which the entries move: the eigenvalues without a preconditioner.</summary>
    public double[] Rates { get; }

    /// <summary>s*_p, the teacher's overlap on the modes of the student.</summary>
    internal double SeenOverlap { get; }

    /// <summary>What the labels have and the student does not see.</summary>
    internal HiddenTeacher Hidden { get; }

    /// <summary>How distances are measured where the entries are not along the modes; null where they are.</summary>
    internal ErrorMetric? Metric { get; init; }

    /// <summary>What the student converges to.</summary>
    internal StudentTarget Target => new(this);

    /// <summary>The teacher's overlap s* = w*ᵀQw*.</summary>
    public double TeacherOverlap => teacherOverlap;

    /// <summary>The teacher's squared length ‖w*‖².</summary>
    public double TeacherNormSquared { get; internal init; }

    /// <summary>Largest eigenvalue.</summary>
    public double LargestEigenvalue => ends.Largest > 0 ? ends.Largest : Eigenvalues.Max();

    /// <summary>Largest rate.</summary>
    public double LargestRate => ends.Largest > 0 ? RateOf(ends.Largest) : Rates.Max();

    /// <summary>Smallest rate that is not zero.</summary>
    public double SmallestRate => ends.Smallest > 0 ? RateOf(ends.Smallest) : Rates.Where(value => value > 0).Min();

    /// <summary>Smallest eigenvalue that is not zero.</summary>
    public double SmallestEigenvalue => ends.Smallest > 0 ? ends.Smallest : Eigenvalues.Where(value => value > 0).Min();

    /// <summary>The word that statistics show.</summary>
    public string RepresentationName => Representation switch
    {
        ModeRepresentation.Full => "full",
        ModeRepresentation.Compressed => "compressed",
        _ => AveragedName,
    };

    /// <summary>A sum over the entries, from the small eigenvalues to the large ones.</summary>
    /// <param name="term">The term of an entry.</param>
    public double Sum(Func<int, double> term)
    {
        var sum = 0.0;
        for (var j = Eigenvalues.Length - 1; j >= 0; j--)
            sum += term(j);
        return sum;
    }

    /// <summary>Σ_i f(λ_i) over all d modes.</summary>
    /// <param name="function">A function smooth in λ.</param>
    public double SumOverModes(Func<double, double> function) => Sum(j => Counts[j] * function(Eigenvalues[j]));

    /// <summary>Σ_i f(λ_i^(1−κ)) over the modes of the student.</summary>
    /// <param name="function">A function smooth in the rate.</param>
    public double SumOverRates(Func<double, double> function) => Sum(j => Counts[j] * function(Rates[j]));

    /// <summary>Moments w(0)ᵀQᵏw(0), w(0)ᵀQᵏw* and w*ᵀQᵏw*.</summary>
    /// <param name="order">The power k ≥ 0.</param>
    public (double Start, double Cross, double Teacher) Moments(int order) => (
        Sum(j => Weights[j] * Math.Pow(Eigenvalues[j], order) * Start[j] * Start[j]),
        Sum(j => Weights[j] * Math.Pow(Eigenvalues[j], order) * Start[j] * Teacher[j]),
        Sum(j => Weights[j] * Math.Pow(Eigenvalues[j], order) * Teacher[j] * Teacher[j]));

    /// <summary>
    /// The same statistics on fewer entries, exactly: modes of one eigenvalue move alike (all modes where the preconditioner makes them: <see cref="AlikeModes"/>), so that a group of them is one entry along its teacher and
    /// one orthogonal to it. Beside the cost this keeps the digits of u: with the modes apart, late in the relaxation of a degenerate
    /// spectrum u − s* would be a difference of entries far larger than itself.
    /// </summary>
    internal WeightedModes Merged()
    {
        // Entries in a rotated basis are no modes.
        if (Metric is not null)
            return this;
        if (Preconditioner == 1 && AlikeModes.Of(this) is { } alike)
            return alike;
        var isDegenerate = false;
        for (var j = 1; j < Size && !isDegenerate; j++)
            isDegenerate = Eigenvalues[j] == Eigenvalues[j - 1];
        if (!isDegenerate)
            return this;

        // Squares of a tiny start would underflow.
        var largest = Start.Max(Math.Abs);
        var unit = largest > 0 ? Math.ScaleB(1, Math.ILogB(largest)) : 1;
        var entries = new ModeEntries(Size);
        int first = 0, end;
        for (; first < Size; first = end)
        {
            end = first + 1;
            while (end < Size && Eigenvalues[end] == Eigenvalues[first])
                end++;
            if (IsSplit(first, end))
            {
                for (var j = first; j < end; j++)
                    entries.Add(Eigenvalues[j], Weights[j], Start[j], Teacher[j], Counts[j]);
                continue;
            }

            var split = new TeacherSplit();
            var count = 0.0;
            for (var j = first; j < end; j++)
            {
                split.Add(Weights[j], Start[j] / unit, Teacher[j]);
                count += Counts[j];
            }

            var rest = 0.0;
            for (var j = first; j < end; j++)
            {
                var value = TeacherSplit.Rest(split.Part, Start[j] / unit, Teacher[j]);
                rest += Weights[j] * value * value;
            }

            var along = Math.Sqrt(split.TeacherSquare);
            entries.Add(Eigenvalues[first], 1, split.Part * along * unit, along, count);
            if (rest > 0)
                entries.Add(Eigenvalues[first], 1, Math.Sqrt(rest) * unit, 0, 0);
        }

        return entries.ToModes(Dimension, Representation).Between(ends.Largest, ends.Smallest).With(Preconditioner, Hidden);
    }

    /// <summary>The same entries, with the largest and the smallest positive eigenvalue of the modes that they stand for: nodes lie between them, and how far depends on how many there are.</summary>
    internal WeightedModes Between(double largest, double smallest)
    {
        ends = (largest, smallest);
        return this;
    }

    /// <summary>The same entries with directions of their own, and the squared length of the teacher that they do not tell.</summary>
    internal WeightedModes Measured(ErrorMetric metric, double teacherNormSquared) =>
        new(Eigenvalues, Weights, Start, Teacher, Counts, Dimension, Representation, Preconditioner, Hidden) { ends = ends, Metric = metric, TeacherNormSquared = teacherNormSquared };

    private double RateOf(double eigenvalue) => Preconditioner == 0 ? eigenvalue : Preconditioning.Rate(eigenvalue, Preconditioner);

    /// <summary>The same entries under another preconditioner, or beside a part of the teacher that the student does not see.</summary>
    internal WeightedModes With(double preconditioner, HiddenTeacher hidden) => preconditioner == Preconditioner && hidden == Hidden
        ? this
        : new WeightedModes(Eigenvalues, Weights, Start, Teacher, Counts, Dimension, Representation, preconditioner, hidden) { ends = ends };

    // One entry with a teacher and one without are what a group becomes; interpolation weights may be negative, and such a node stays as it is.
    private bool IsSplit(int first, int end)
    {
        int along = 0, orthogonal = 0;
        for (var j = first; j < end; j++)
        {
            if (!(Weights[j] > 0))
                return true;
            if (Teacher[j] == 0)
                orthogonal++;
            else
                along++;
        }

        return along <= 1 && orthogonal <= 1;
    }
}
