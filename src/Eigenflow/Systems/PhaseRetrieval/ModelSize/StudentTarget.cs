namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// What a student of the first p modes converges to (derived; docs/systems/phase-retrieval.md): v* = c w* on its modes with c² = (s* + 2s*_p)/(3 s*_p), s*_p = Σ_{i≤p} λ_i w*_i².
/// In terms of v*, with s_v = v*ᵀQv* = (s* + 2s*_p)/3 and γ = 1/c², the flow keeps its form: ẇ_i = 4λ_i [((3 − 2γ)s_v − 3s) w_i + 2γ u_v v*_i], u_v = wᵀQv* = c u, and for y = w ∓ v*
/// g = −2γs_v − 6q − 3p, h = −(6 − 2γ)q − 3p, so that nothing cancels near v*. The loss is that of the floor plus (12 − 4γ)q² + 12qp + 3p² + 4γs_v p.
/// A student of all modes has c = γ = 1, where every formula is the usual one to the last bit.
/// </summary>
internal readonly record struct StudentTarget
{
    private readonly double teacherOverlap;
    private readonly double hiddenNormSquared;
    private readonly double dimension;
    private readonly double factor;
    private readonly double seenPart;

    /// <param name="modes">The modes of the student.</param>
    public StudentTarget(WeightedModes modes)
        : this(modes, modes.Hidden)
    {
    }

    private StudentTarget(WeightedModes modes, HiddenTeacher hidden)
    {
        teacherOverlap = modes.TeacherOverlap;
        hiddenNormSquared = hidden.NormSquared;
        dimension = modes.Dimension;
        Overlap = teacherOverlap;
        (Visible, Part, factor) = (1, 1, 1);
        IsWhole = !(hidden.Overlap > 0) && !(hidden.NormSquared > 0);
        if (IsWhole)
            return;
        HiddenPart = hidden.Overlap / teacherOverlap;
        seenPart = modes.SeenOverlap / teacherOverlap;
        Visible = seenPart / (1 - (2 * HiddenPart / 3));
        Part = Math.Sqrt(Visible);
        factor = 1 / Part;
        Overlap = teacherOverlap * (1 - (2 * HiddenPart / 3));
    }

    /// <summary>The teacher itself, for methods that carry w − w* with the sums over all modes.</summary>
    public static StudentTarget Teacher(WeightedModes modes) => new(modes, default);

    /// <summary>Whether the student sees all that the labels are made of.</summary>
    public bool IsWhole { get; }

    /// <summary>r = s*_t/s*, the part of the teacher's overlap that the student does not see.</summary>
    public double HiddenPart { get; }

    /// <summary>s_v.</summary>
    public double Overlap { get; }

    /// <summary>γ = 1/c².</summary>
    public double Visible { get; }

    /// <summary>1/c.</summary>
    public double Part { get; }

    /// <summary>c.</summary>
    public double Factor => factor;

    /// <summary>The least loss of the student, 4 s*² r (1 − r/3).</summary>
    public double LossFloor => 4 * teacherOverlap * teacherOverlap * HiddenPart * (1 - (HiddenPart / 3));

    /// <summary>The MSE at v*: ((c − 1)² ‖w*_{≤p}‖² + ‖w*_{&gt;p}‖²)/d.</summary>
    /// <param name="teacherNormSquared">‖w*‖² of all modes.</param>
    public double ErrorFloor(double teacherNormSquared) => (((factor - 1) * (factor - 1) * (teacherNormSquared - hiddenNormSquared)) + hiddenNormSquared) / dimension;

    /// <summary>c times the teacher; the teacher itself where the student is whole.</summary>
    public double[] Scaled(double[] teacher)
    {
        if (IsWhole)
            return teacher;
        var scaled = new double[teacher.Length];
        for (var j = 0; j < scaled.Length; j++)
            scaled[j] = factor * teacher[j];
        return scaled;
    }

    /// <summary>The loss that training can still take away.</summary>
    public double Reducible(PhaseStatistics statistics) => IsWhole ? statistics.Loss : statistics.Excess;

    /// <summary>The statistics of a state in a frame whose teacher is v*.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="linear">q, or u_v.</param>
    /// <param name="quadratic">p, or s.</param>
    /// <param name="squaredDistance">min ‖w ∓ w*‖² over the student's modes.</param>
    public PhaseStatistics Statistics(PhaseFrame frame, double linear, double quadratic, double squaredDistance)
    {
        if (IsWhole)
            return frame.Statistics(linear, quadratic, squaredDistance, teacherOverlap, dimension);
        var excess = PhaseStatistics.Settled(frame.Loss(linear, quadratic, Overlap, Visible), frame.IsDeviation ? 0 : 3 * ((quadratic * quadratic) + (Overlap * Overlap)));
        var error = (squaredDistance + hiddenNormSquared) / dimension;
        var u = Part * frame.TeacherOverlap(linear, Overlap);
        if (!frame.IsDeviation)
            return new PhaseStatistics(quadratic, u, error, LossFloor + excess, 1 - (quadratic / teacherOverlap), 1 - (Math.Abs(u) / teacherOverlap)) { Excess = excess };
        var change = (2 * linear) + quadratic;
        var shortfall = (2 * HiddenPart / 3) - (change / teacherOverlap);

        // 1 − u/s* at v* is 1 − √((1 − r)(1 − 2r/3)), without cancellation for small r.
        var root = Math.Sqrt(seenPart * (1 - (2 * HiddenPart / 3)));
        var least = HiddenPart * ((5.0 / 3) - (2 * HiddenPart / 3)) / (1 + root);
        var misalignment = linear >= -Overlap ? least - (Part * linear / teacherOverlap) : 1 - (Math.Abs(u) / teacherOverlap);
        return new PhaseStatistics(Overlap + change, u, error, LossFloor + excess, shortfall, misalignment) { Excess = excess };
    }
}
