namespace Eigenflow.Systems;

/// <summary>What becomes of a prediction in a figure of curves, from the least to the most that it has to do with them.</summary>
internal enum MarkFate
{
    /// <summary>It is no time, level, slope or value of a curve, or says itself why it has no mark.</summary>
    NoMark,

    /// <summary>It is of the curves of other methods.</summary>
    OtherMethod,

    /// <summary>It is of a column that is not drawn.</summary>
    OtherColumn,

    /// <summary>It is a place or a slope along another axis.</summary>
    OtherAxis,

    /// <summary>It is a slope, and the axes are not both logarithmic.</summary>
    Straight,

    /// <summary>It is the slope of a law of whose range the curve has too little.</summary>
    NoStretch,

    /// <summary>It lies beyond the axes, or far from all curves.</summary>
    Beyond,

    /// <summary>It is drawn.</summary>
    Drawn,
}
